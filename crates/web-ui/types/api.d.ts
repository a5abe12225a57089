// Made by `make web-types` from openapi.json; not to be edited.

/** All that is held about somebody, but for the hashes of their password and tokens. */
export type AccountExportResponse = {
  account: {
    bio: string | null;
    created_at: string;
    display_name: string | null;
    email: string;
    id: number;
    role: string;
    status: string;
    username: string;
    visibility: string;
  };
  movies: Array<{
    created_at: string;
    movie: {
      id: number;
      imdb: string | null;
      movielens: number | null;
      release_year: number | null;
      title: string;
      tmdb: number | null;
    };
  }>;
  ratings: Array<{
    created_at: string;
    movie: {
      id: number;
      imdb: string | null;
      movielens: number | null;
      release_year: number | null;
      title: string;
      tmdb: number | null;
    };
    review: string | null;
    score: number;
    updated_at: string;
  }>;
  sessions: Array<{
    created_at: string;
    device: string;
    id: number;
    last_used_at: string;
  }>;
};

/** Proof that an address is theirs. */
export type ActivateAccountRequest = {
  code: string;
};

/** A movie to add. */
export type AddMovieRequest = {
  alternative_titles?: Array<string>;
  countries?: Array<string>;
  directors?: Array<string>;
  external_ids?: {
    imdb?: string;
    movielens?: number;
    tmdb?: number;
  };
  genres?: Array<string>;
  original_language?: string;
  original_title?: string;
  release_year?: number;
  runtime_minutes?: number;
  synopsis?: string;
  title: string;
};

/** A page of events. */
export type AuditEventPage = {
  items: Array<{
    actor_id: number | null;
    address: string | null;
    at: string;
    detail: Record<string, string>;
    id: number;
    kind: string;
    subject_id: number | null;
    subject_username: string | null;
  }>;
  next_cursor: string | null;
};

/** What became of a batch. */
export type BatchResponse = {
  counts: {
    created: number;
    invalid: number;
    not_found: number;
    unchanged: number;
    updated: number;
  };
  items: Array<{
    code: string | null;
    message: string | null;
    movie_id: number | null;
    status: string;
  }>;
};

/** The whole catalogue. */
export type CatalogueReportResponse = {
  by_day: Array<{
    count: number;
    key: string;
    mean: number;
  }>;
  most_active: Array<{
    count: number;
    mean: number;
    username: string | null;
  }>;
  most_divisive: Array<{
    count: number;
    mean: number;
    movie: {
      id: number;
      release_year: number | null;
      title: string;
    };
    polarization: number;
    standard_deviation: number;
    weighted_score: number | null;
  }>;
  movies: number;
  numbers: {
    count: number;
    histogram: Array<number>;
    mean: number | null;
    polarization: number | null;
    standard_deviation: number | null;
  };
  reviews: number;
  top_rated: Array<{
    count: number;
    mean: number;
    movie: {
      id: number;
      release_year: number | null;
      title: string;
    };
    polarization: number;
    standard_deviation: number;
    weighted_score: number | null;
  }>;
  unrated: number;
  unrated_sample: Array<{
    id: number;
    release_year: number | null;
    title: string;
  }>;
  users: number;
};

/** A new password for the old one. */
export type ChangePasswordRequest = {
  current_password: string;
  new_password: string;
};

/** The role to give. */
export type ChangeRoleRequest = {
  role: "member" | "curator" | "admin";
};

/** The facts to change. What is absent stays as it is; null empties what may be empty. */
export type EditMovieRequest = {
  alternative_titles?: Array<string>;
  countries?: Array<string>;
  directors?: Array<string>;
  external_ids?: {
    imdb?: string;
    movielens?: number;
    tmdb?: number;
  };
  genres?: Array<string>;
  original_language?: string;
  original_title?: string;
  release_year?: number;
  runtime_minutes?: number;
  synopsis?: string;
  title?: string;
};

/** What to change. What is absent stays as it is; null empties what may be empty. */
export type EditProfileRequest = {
  bio?: string | null;
  display_name?: string | null;
  visibility?: "public" | "private";
};

/** The proof that somebody means to leave. */
export type EraseAccountRequest = {
  password: string;
};

/** All ratings of a movie in numbers, and where they come from. */
export type ExplainedSummaryResponse = {
  computed_at: string;
  count: number;
  explanation?: {
    c: number | null;
    formula: string;
    m: number;
    r: number | null;
    v: number;
  };
  histogram: Array<number>;
  interval_90: Array<number> | null;
  mean: number | null;
  movie_id: number;
  version: number;
  weighted_score: number | null;
};

/** Who has forgotten their password. */
export type ForgotPasswordRequest = {
  email: string;
};

/** The genres of the catalogue. */
export type GenresResponse = {
  items: Array<{
    movie_count: number;
    name: string;
  }>;
};

/** A page of imports. */
export type ImportPage = {
  items: Array<{
    counts: {
      ambiguous: number;
      imported: number;
      invalid: number;
      skipped: number;
      unchanged: number;
      unmatched: number;
    };
    created_at: string;
    dry_run: boolean;
    file_name: string;
    finished_at: string | null;
    format: string | null;
    id: number;
    problem: {
      code: string;
      message: string;
    } | null;
    status: string;
  }>;
  next_cursor: string | null;
  total?: number;
};

/** An import of ratings, as far as it is. */
export type ImportResponse = {
  counts: {
    ambiguous: number;
    imported: number;
    invalid: number;
    skipped: number;
    unchanged: number;
    unmatched: number;
  };
  created_at: string;
  dry_run: boolean;
  file_name: string;
  finished_at: string | null;
  format: string | null;
  id: number;
  problem: {
    code: string;
    message: string;
  } | null;
  status: "queued" | "running" | "done" | "failed" | "undone";
};

/** A page of rows. */
export type ImportRowPage = {
  items: Array<{
    candidates: Array<{
      id: number;
      release_year: number | null;
      title: string;
    }>;
    confidence: string | null;
    movie_id: number | null;
    number: number;
    outcome: string;
    place: string;
    reason: string | null;
    release_year: number | null;
    score: number | null;
    title: string | null;
  }>;
  next_cursor: string | null;
  total?: number;
};

/** Who signs in. */
export type LogInRequest = {
  login: string;
  password: string;
};

/** A page of movies. */
export type MoviePage = {
  items: Array<{
    alternative_titles: Array<string>;
    countries: Array<string>;
    created_at: string;
    directors: Array<string>;
    external_ids: {
      imdb: string | null;
      movielens: number | null;
      tmdb: number | null;
    };
    genres: Array<string>;
    id: number;
    original_language: string | null;
    original_title: string | null;
    rating_summary: {
      computed_at: string;
      count: number;
      histogram: Array<number>;
      interval_90: Array<number> | null;
      mean: number | null;
      movie_id: number;
      version: number;
      weighted_score: number | null;
    };
    release_year: number | null;
    runtime_minutes: number | null;
    synopsis: string | null;
    title: string;
    updated_at: string;
  }>;
  next_cursor: string | null;
  total?: number;
};

/** A page of a movie's ratings. */
export type MovieRatingPage = {
  items: Array<{
    created_at: string;
    rated_at: string;
    review: string | null;
    score: number;
    user: {
      display_name: string | null;
      username: string;
    };
  }>;
  next_cursor: string | null;
  total?: number;
};

/** What people think of a movie. */
export type MovieReportResponse = {
  by_month: Array<{
    count: number;
    key: string;
    mean: number;
  }>;
  movie: {
    id: number;
    release_year: number | null;
    title: string;
  };
  numbers: {
    count: number;
    histogram: Array<number>;
    mean: number | null;
    polarization: number | null;
    standard_deviation: number | null;
  };
  weighted_score: number | null;
};

/** A movie with its rating summary. */
export type MovieResponse = {
  alternative_titles: Array<string>;
  countries: Array<string>;
  created_at: string;
  directors: Array<string>;
  external_ids: {
    imdb: string | null;
    movielens: number | null;
    tmdb: number | null;
  };
  genres: Array<string>;
  id: number;
  original_language: string | null;
  original_title: string | null;
  rating_summary: {
    computed_at: string;
    count: number;
    histogram: Array<number>;
    interval_90: Array<number> | null;
    mean: number | null;
    movie_id: number;
    version: number;
    weighted_score: number | null;
  };
  release_year: number | null;
  runtime_minutes: number | null;
  synopsis: string | null;
  title: string;
  updated_at: string;
};

/** A profile as its owner sees it. */
export type OwnProfileResponse = {
  bio: string | null;
  count: number;
  created_at: string;
  display_name: string | null;
  email: string;
  histogram: Array<number>;
  id: number;
  mean: number | null;
  role: "member" | "curator" | "admin";
  username: string;
  visibility: "public" | "private";
};

/** What went wrong, as RFC 9457 defines it. */
export type Problem = {
  code: string;
  detail: string;
  errors: Array<{
    code: string;
    field: string;
    message: string;
  }>;
  request_id: string;
  status: number;
  title: string;
  type: string;
};

/** A profile as everybody who may see it sees it. */
export type ProfileResponse = {
  bio: string | null;
  count: number;
  created_at: string;
  display_name: string | null;
  histogram: Array<number>;
  id: number;
  mean: number | null;
  username: string;
};

/** Many ratings. */
export type RateBatchRequest = {
  items: Array<{
    movie?: {
      id?: number;
      imdb?: string;
      movielens?: number;
      tmdb?: number;
    };
    rated_at?: string;
    score?: number;
  }>;
};

/** A rating to give. */
export type RateMovieRequest = {
  review?: string | null;
  score: number;
};

/** The caller's own rating of a movie. */
export type RatingResponse = {
  created_at: string;
  movie_id: number;
  rated_at: string;
  review: string | null;
  score: number;
};

/** What the caller may like. */
export type RecommendationsResponse = {
  computed_at: string;
  items: Array<{
    because: Array<{
      id: number;
      title: string;
    }>;
    movie: {
      alternative_titles: Array<string>;
      countries: Array<string>;
      created_at: string;
      directors: Array<string>;
      external_ids: {
        imdb: string | null;
        movielens: number | null;
        tmdb: number | null;
      };
      genres: Array<string>;
      id: number;
      original_language: string | null;
      original_title: string | null;
      rating_summary: {
        computed_at: string;
        count: number;
        histogram: Array<number>;
        interval_90: Array<number> | null;
        mean: number | null;
        movie_id: number;
        version: number;
        weighted_score: number | null;
      };
      release_year: number | null;
      runtime_minutes: number | null;
      synopsis: string | null;
      title: string;
      updated_at: string;
    };
    predicted_score: number | null;
  }>;
};

/** The refresh token that was given out last. */
export type RefreshTokenRequest = {
  refresh_token: string;
};

/** An account to make. */
export type RegisterUserRequest = {
  email: string;
  password: string;
  username: string;
};

/** A page of reports. */
export type ReportPage = {
  items: Array<{
    failure: string | null;
    finished_at: string | null;
    from: string | null;
    id: number;
    kind: string;
    requested_at: string;
    status: string;
    subject: string | null;
    to: string | null;
  }>;
  next_cursor: string | null;
  total?: number;
};

/** A report as far as it is. */
export type ReportResponse = {
  failure: string | null;
  finished_at: string | null;
  from: string | null;
  id: number;
  kind: string;
  requested_at: string;
  result: MovieReportResponse | UserReportResponse | CatalogueReportResponse | null;
  status: "queued" | "running" | "done" | "failed";
  subject: string | null;
  to: string | null;
};

/** A report to make. */
export type RequestReportRequest = {
  from?: string;
  kind: "movie" | "user" | "catalogue";
  subject?: string;
  to?: string;
};

/** Who waits for a code. */
export type ResendActivationRequest = {
  email: string;
};

/** A new password, and the proof that its owner wants it. */
export type ResetPasswordRequest = {
  code: string;
  new_password: string;
};

/** The sessions of the caller. */
export type SessionsResponse = {
  items: Array<{
    created_at: string;
    device: string;
    id: number;
    is_current: boolean;
    last_used_at: string;
  }>;
};

/** Movies that are like another. */
export type SimilarMoviesResponse = {
  items: Array<{
    movie: {
      alternative_titles: Array<string>;
      countries: Array<string>;
      created_at: string;
      directors: Array<string>;
      external_ids: {
        imdb: string | null;
        movielens: number | null;
        tmdb: number | null;
      };
      genres: Array<string>;
      id: number;
      original_language: string | null;
      original_title: string | null;
      rating_summary: {
        computed_at: string;
        count: number;
        histogram: Array<number>;
        interval_90: Array<number> | null;
        mean: number | null;
        movie_id: number;
        version: number;
        weighted_score: number | null;
      };
      release_year: number | null;
      runtime_minutes: number | null;
      synopsis: string | null;
      title: string;
      updated_at: string;
    };
    similarity: number;
  }>;
};

/** Movies that somebody may be about to type. */
export type SuggestionsResponse = {
  items: Array<{
    count: number;
    id: number;
    original_title: string | null;
    release_year: number | null;
    title: string;
    weighted_score: number | null;
  }>;
};

/** What calls are made with from now on. */
export type TokensResponse = {
  access_token: string;
  expires_in: number;
  refresh_token: string | null;
  token_type: "Bearer";
};

/** What became of the ratings of an import. */
export type UndoneResponse = {
  kept: number;
  reverted: number;
};

/** A page of somebody's ratings. */
export type UserRatingPage = {
  items: Array<{
    created_at: string;
    movie: {
      id: number;
      release_year: number | null;
      title: string;
    };
    rated_at: string;
    review: string | null;
    score: number;
  }>;
  next_cursor: string | null;
  total?: number;
};

/** What a user thinks of movies. */
export type UserReportResponse = {
  by_decade: Array<{
    count: number;
    key: string;
    mean: number;
  }>;
  by_genre: Array<{
    count: number;
    key: string;
    mean: number;
  }>;
  by_month: Array<{
    count: number;
    key: string;
    mean: number;
  }>;
  least_generous: Array<{
    difference: number;
    movie: {
      id: number;
      release_year: number | null;
      title: string;
    };
    others_count: number;
    others_mean: number;
    score: number;
  }>;
  most_generous: Array<{
    difference: number;
    movie: {
      id: number;
      release_year: number | null;
      title: string;
    };
    others_count: number;
    others_mean: number;
    score: number;
  }>;
  numbers: {
    count: number;
    histogram: Array<number>;
    mean: number | null;
    polarization: number | null;
    standard_deviation: number | null;
  };
  username: string;
  years: Array<{
    count: number;
    first_day: string;
    last_day: string;
    longest_streak_days: number;
    mean: number;
    top_rated: Array<{
      movie: {
        id: number;
        release_year: number | null;
        title: string;
      };
      score: number;
    }>;
    year: number;
  }>;
};

/** The role somebody has. */
export type UserRoleResponse = {
  role: "member" | "curator" | "admin";
  username: string;
};
